-- A list unpacked from the smallest to the largest integer.
-- expect: input
-- says: at most 250 values
return table.unpack({}, math.mininteger, math.maxinteger)
