-- A loop while the plugin is loaded.
-- expect: limit
-- says: instructions
-- runs: file
while true do pcall(function() while true do end end) end
