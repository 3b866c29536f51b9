common-product = Deskbell
