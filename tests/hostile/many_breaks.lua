-- Jumps out of a loop, each looked for among all others.
-- expect: input
-- says: break
while d do
--[[repeat 45000 if d then break end ]]
end
return d.x
