-- Long texts as keys.
-- expect: limit
-- says: stopped
local t, i = {}, 0
while true do i = i + 1 t[("x"):rep(65000) .. i] = true t = {} end
