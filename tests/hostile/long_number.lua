-- A number of 60,000 digits.
-- expect: fine
local n = --[[repeat 60000 1]]
return d.x
