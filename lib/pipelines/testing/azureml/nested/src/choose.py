print('choose')
