namespace OrleansTicker.LoadTest.Clients;

/// <summary>The types of the server's messages that mean something here.</summary>
internal enum MessageKind
{
    Other,
    Welcome,
    Ticker,
    Pong,
    Error,
    Reconnect,
}
