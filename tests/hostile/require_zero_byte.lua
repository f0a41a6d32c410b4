-- A module with a zero byte in its name.
-- expect: input
-- says: there is no module
return require("x\0.lua")
