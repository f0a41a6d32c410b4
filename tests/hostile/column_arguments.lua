-- Columns and numbers in every wrong place.
-- expect: fine
local odd = { 0 / 0, 1 / 0, -1 / 0, {}, "x", true, math.maxinteger, function() end }
for _, v in ipairs(odd) do
  for _, name in ipairs { "clip", "quantile", "rank", "rank_among", "round", "fill", "where", "ratio", "sd", "min", "pow", "gt" } do
    pcall(function() return d.x[name](d.x, v) end)
    pcall(function() return d.x[name](d.x, v, v) end)
    pcall(function() return d.x[name](v, d.x, v) end)
    pcall(function() return d.x[name](v) end)
    pcall(function() return mera[name](v, d.x, d.y) end)
  end
end
pcall(d.x.rank, d.x, "min", "lowest", 1, 2, 3)
return d.x
