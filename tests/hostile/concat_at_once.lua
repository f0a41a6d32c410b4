-- A hundred long texts joined by one operator.
-- expect: limit
-- says: text of more than
local s = ("x"):rep(60000)
return s --[[repeat 100 .. s ]]
