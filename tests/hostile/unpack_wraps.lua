-- A range whose length overflows.
-- expect: input
-- says: at most 250 values
return table.unpack({}, -math.maxinteger, math.maxinteger)
