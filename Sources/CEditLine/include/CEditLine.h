void islet_stub(void);
