-- A column of an earlier call as the answer.
-- expect: input
-- says: earlier call
kept[1] = kept[1] or d.x
return kept[1]
