"""Laws that compare the requests of messages with edge values to those that the rules ask for (`rules`)."""
