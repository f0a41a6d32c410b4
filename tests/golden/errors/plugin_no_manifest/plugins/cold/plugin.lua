local cold = 1
