-- Memory while the plugin is loaded.
-- expect: limit
-- says: limit of memory
-- runs: file
local t = {}
for i = 1, 1e9 do t[i] = { i } end
