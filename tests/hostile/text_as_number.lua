-- Numbers written with 60,000 digits.
-- expect: limit
-- says: stopped
local s = ("1"):rep(60000)
while true do tonumber(s) math.exp(s) end
