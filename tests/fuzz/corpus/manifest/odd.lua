local t = setmetatable({}, { __index = function(_, k) return k end, __call = function() end })
goto over ::over::
for i, v in ipairs { 1, 2 } do while true do break end repeat local x <const> = 1 until x end
return mera.plugin({ id = [[q]], version = "1", api = 1, [1] = t.x, ["indicators"] = { i = {} } })
