-- A manifest changed after it was read.
-- expect: fine
-- runs: file
local m = { id = "hostile", version = "6.6.6", api = 1 }
m.indicators = { i = { unit = "1", reads = { "x", "y" }, compute = function(d)
  m.indicators.i.compute = function() while true do end end
  m.indicators.i.reads[1] = "y"
  m.id = nil
  return d.x
end } }
return mera.plugin(m)
