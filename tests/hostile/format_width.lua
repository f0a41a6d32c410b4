-- A width of 99999 in string.format.
-- expect: input
-- says: invalid conversion
return string.format("%99999d", 1)
