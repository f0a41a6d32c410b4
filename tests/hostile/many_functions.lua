-- As many functions as fit.
-- expect: fine
--[[repeat 30000 do local function f() end end ]]
return d.x
