-- The table of columns kept for a later call.
-- expect: input
-- says: earlier call
kept[1] = kept[1] or d
return kept[1].y and d.x
