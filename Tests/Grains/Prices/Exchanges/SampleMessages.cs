namespace OrleansTicker.Tests.Grains.Prices.Exchanges;

/// <summary>Messages with data as each exchange documents them, with numbers of our own.</summary>
internal static class SampleMessages
{
    /// <summary>The messages of an exchange.</summary>
    public static string[] Of(string exchange) => exchange switch
    {
        "Coinbase" =>
        [
            """{"type":"ticker","sequence":37475248783,"product_id":"ETH-USD","price":"1285.22","open_24h":"1310.79","volume_24h":"245532.79","low_24h":"1280.52","high_24h":"1313.8","volume_30d":"9788783.60","best_bid":"1285.04","best_bid_size":"0.46688654","best_ask":"1285.27","best_ask_size":"1.56637040","side":"buy","time":"2024-05-06T07:08:09.123456Z","trade_id":370843401,"last_size":"11.4396987"}""",
            """{"type":"match","trade_id":10,"sequence":50,"maker_order_id":"ac928c66","taker_order_id":"132fb6ae","time":"2024-05-06T07:08:09.123456Z","product_id":"BTC-USD","size":"5.23512","price":"400.23","side":"sell"}""",
        ],
        "Kraken" =>
        [
            """{"channel":"ticker","type":"update","data":[{"symbol":"ALGO/USD","bid":0.10025,"bid_qty":740.0,"ask":0.10036,"ask_qty":1361.44813783,"last":0.10035,"volume":997038.98383185,"vwap":0.10148,"low":0.09979,"high":0.10285,"change":-0.00017,"change_pct":-0.17,"timestamp":"2024-05-06T07:08:09.123456Z"}]}""",
            """{"channel":"trade","type":"update","data":[{"symbol":"BTC/USD","side":"sell","price":64117.5,"qty":4e-05,"ord_type":"market","trade_id":466,"timestamp":"2024-05-06T07:08:09.123456Z"},{"symbol":"BTC/USD","side":"sell","price":64117.6,"qty":2.50,"ord_type":"limit","trade_id":467,"timestamp":"2024-05-06T07:08:09.123456Z"}]}""",
        ],
        "Binance" =>
        [
            """{"stream":"bnbusdt@bookTicker","data":{"u":400900217,"s":"BNBUSDT","b":"25.35190000","B":"31.21000000","a":"25.36520000","A":"40.66000000"}}""",
            """{"stream":"bnbbtc@aggTrade","data":{"e":"aggTrade","E":1672515782136,"s":"BNBBTC","a":12345,"p":"0.001","q":"100","f":100,"l":105,"T":1672515782135,"m":true,"M":true}}""",
            """{"e":"24hrTicker","E":1672515782136,"s":"BNBBTC","p":"0.0015","P":"250.00","w":"0.0018","x":"0.0009","c":"0.0025","Q":"10","b":"0.0024","B":"10","a":"0.0026","A":"100","o":"0.0010","h":"0.0027","l":"0.0008","v":"10000","q":"18","O":0,"C":86400000,"F":0,"L":18150,"n":18151}""",
        ],
        "Bitstamp" =>
        [
            """{"data":{"id":108637852,"timestamp":"1584642064","amount":1.08,"amount_str":"1.08000000","price":6294.77,"price_str":"6294.77","type":1,"microtimestamp":"1584642064685000","buy_order_id":1211625836466176,"sell_order_id":1211625840754689},"channel":"live_trades_btcusd","event":"trade"}""",
            """{"data":{"timestamp":"1584642064","microtimestamp":"1584642064685000","bids":[["6294.5","1.0"],["6294","7"],["6293","7"]],"asks":[["6295","2.0"],["6296","7"]]},"channel":"order_book_btcusd","event":"data"}""",
        ],
        "OKX" =>
        [
            """{"arg":{"channel":"tickers","instId":"LTC-USDT"},"data":[{"instType":"SPOT","instId":"LTC-USDT","last":"9999.99","lastSz":"0.1","askPx":"9999.99","askSz":"11","bidPx":"8888.88","bidSz":"5","open24h":"9000","high24h":"10000","low24h":"8888.88","volCcy24h":"2222","vol24h":"2222.5","sodUtc0":"2222","sodUtc8":"2222","ts":"1597026383085"}]}""",
            """{"arg":{"channel":"trades","instId":"BTC-USDT"},"data":[{"instId":"BTC-USDT","tradeId":"130639474","px":"42219.9","sz":"0.12060306","side":"buy","ts":"1630048897897","count":"3","source":"0","seqId":1234}]}""",
            """{"arg":{"channel":"bbo-tbt","instId":"BTC-USDT"},"data":[{"asks":[["111.06","55154","0","2"]],"bids":[["111.05","57745","0","2"]],"ts":"1670324386802","seqId":363996337}]}""",
        ],
        _ => throw new ArgumentException($"{exchange} has no messages here.", nameof(exchange)),
    };
}
