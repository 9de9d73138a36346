"""How a call is declared, read and answered; nothing here knows a resource."""

from mock_custify.api.call import Operation, call, control_call, open_call
from mock_custify.api.request import Answer, Call

__all__ = ["Answer", "Call", "Operation", "call", "control_call", "open_call"]
