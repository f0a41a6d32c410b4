-- Escape codes in the name of a function of the traceback.
-- expect: input
-- says: boom
local t = {}
t["\27[31mf\nerror: plugin 'other'"] = function() error("boom") end
t["\27[31mf\nerror: plugin 'other'"]()
return 1
