exports.all = () => [{ text: 'buy bread' }, { text: 'call home' }];
