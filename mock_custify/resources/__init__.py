"""What Custify keeps records of: one folder for each resource, with its model, its rules and its views."""
