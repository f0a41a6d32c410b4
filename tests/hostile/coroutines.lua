-- Many short coroutines, in which instructions are miscounted.
-- expect: input
-- says: 'coroutine' is not available
for i = 1, 20000 do coroutine.wrap(function() for k = 1, 99 do end end)() end
