-- Rounding to more digits than there are.
-- expect: input
-- says: between -15 and 15
return mera.round(d.x, math.mininteger)
