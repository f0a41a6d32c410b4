-- The closing value of a for loop.
-- expect: input
-- says: non-closable
for i in function() end, nil, nil, setmetatable({}, {}) do end
