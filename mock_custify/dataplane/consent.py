"""Whether the consents that a person denied keep a message from the destination.

Source: data plane, processor, "Consent filter"; destination config, section 7.
"""

from __future__ import annotations

from typing import Any, Final

DEFAULT_PROVIDER: Final = "oneTrust"  # the provider if the settings name none


def is_denied(message: dict[str, Any], config: dict[str, Any]) -> bool:
    """Tell whether the person behind `message` denied what `config` asks for."""
    about = inner(inner(message.get("context")).get("consentManagement"))
    denied = {item for item in listed(about.get("deniedConsentIds")) if isinstance(item, str) and item}
    if not denied:
        return False
    wanted = managed(about, config)
    if wanted is not None:
        return wanted_denied(*wanted, denied)
    one_trust = names(config.get("oneTrustCookieCategories"), "oneTrustCookieCategory")
    ketch = names(config.get("ketchConsentPurposes"), "purpose")
    return bool(one_trust & denied) or (bool(ketch) and ketch <= denied)


def managed(about: dict[str, Any], config: dict[str, Any]) -> tuple[set[str], Any] | None:
    """Return the consents asked for by the message's provider and the strategy; None when there are none."""
    provider = about.get("provider")
    entries = (entry for entry in of_sources(config.get("consentManagement")) if isinstance(entry, dict))
    entry = next(
        (entry for entry in entries if provider and entry.get("provider", DEFAULT_PROVIDER) == provider), None
    )
    if entry is None:
        return None
    strategy = entry.get("resolutionStrategy") if provider == "custom" else about.get("resolutionStrategy")
    return names(entry.get("consents"), "consent"), strategy


def wanted_denied(consents: set[str], strategy: Any, denied: set[str]) -> bool:
    """Tell whether enough of `consents` is denied: all for the strategy "or", else any."""
    if strategy == "or":
        return bool(consents) and consents <= denied
    return bool(consents & denied)


def names(entries: Any, member: str) -> set[str]:
    """Return the texts at `member` of a list of objects, which may be kept by source type."""
    found = (entry.get(member) for entry in of_sources(entries) if isinstance(entry, dict))
    return {name for name in found if isinstance(name, str) and name}


def of_sources(setting: Any) -> list[Any]:
    """Return the entries of a setting, whether it is one list or a list for each type of source."""
    if isinstance(setting, dict):
        return [entry for entries in setting.values() for entry in listed(entries)]
    return listed(setting)


def listed(value: Any) -> list[Any]:
    """Return a list, an empty one for anything else."""
    return value if isinstance(value, list) else []


def inner(value: Any) -> dict[str, Any]:
    """Return an object, an empty one for anything else."""
    return value if isinstance(value, dict) else {}
