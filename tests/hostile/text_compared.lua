-- Comparing long texts, one instruction each.
-- expect: limit
-- says: stopped
local a, b = ("x"):rep(65000) .. "a", ("x"):rep(65000) .. "b"
while true do local c = a < b end
