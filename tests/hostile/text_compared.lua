-- Comparing long texts, one instruction each: a text is never so long that this outlasts its budget.
-- expect: limit
-- says: instructions
local a, b = ("x"):rep(20000) .. "a", ("x"):rep(20000) .. "b"
while true do local c = a < b end
