-- Labels, each compared with all before it.
-- expect: input
-- says: more than 4000
--[[repeat 45000 do goto a ::a:: end ]]
return d.x
