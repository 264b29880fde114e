-- How exact a shown incident's place is, for the map: its radius of doubt in km.

ALTER TABLE shown ADD COLUMN radius REAL;
UPDATE shown SET radius =
    (SELECT json_extract(json, '$.place.radius_km') FROM shown_records WHERE shown_records.number = shown.number);
