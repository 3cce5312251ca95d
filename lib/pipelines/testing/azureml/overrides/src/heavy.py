print('heavy')
