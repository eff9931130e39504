namespace OrleansTicker.LoadTest.Clients;

/// <summary>The kinds of server messages that clients here use.</summary>
internal enum MessageKind
{
    Other,
    Welcome,
    Ticker,
    Pong,
    Error,
    Reconnect,
    Status,
    Candles,
}
