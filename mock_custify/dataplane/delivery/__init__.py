"""How the requests of a message reach Custify: in order for each person, with retries."""
