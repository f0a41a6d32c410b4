-- A constant in place of the table of globals: wrong code in Lua 5.4.4.
-- expect: input
-- says: '_ENV' is not available
local _ENV <const> = 1
return x
