-- Events that people added are found by their id alone.

CREATE INDEX shown_members_by_event ON shown_members (event);
