-- Formats that write 400 digits each.
-- expect: limit
-- says: stopped
local t = {}
for i = 1, 200 do t[i] = -1.7e308 end
while true do
  local s = ("%99.99f"):rep(200):format(table.unpack(t, 1, 200))
end
