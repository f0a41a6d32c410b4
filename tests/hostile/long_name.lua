-- A name of 900,000 letters.
-- expect: limit
-- says: text of more than
local --[[repeat 900000 a]] = 1
return d.x
