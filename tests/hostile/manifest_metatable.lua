-- A manifest that answers with functions.
-- expect: input
-- says: lacks 'version'
-- runs: file
return mera.plugin(setmetatable({ id = "hostile" }, { __index = function() while true do end end, __len = function() return 1e9 end, __pairs = error }))
