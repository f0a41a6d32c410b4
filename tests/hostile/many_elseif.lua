-- A chain of elseif, which the compiler walks anew for each.
-- expect: input
-- says: elseif
local x = 1
if x == 2 then
--[[repeat 60000 elseif x then ]]
end
return d.x
