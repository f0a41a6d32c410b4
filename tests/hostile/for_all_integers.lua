-- A loop over every integer there is.
-- expect: limit
-- says: instructions
for i = math.mininteger, math.maxinteger do end
