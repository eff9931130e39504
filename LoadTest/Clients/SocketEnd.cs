namespace OrleansTicker.LoadTest.Clients;

/// <summary>How a WebSocket ended.</summary>
/// <param name="Code">The server's close code; 1006 if there was no close, 1005 if it had no code.</param>
/// <param name="Text">The close reason, or what failed.</param>
internal readonly record struct SocketEnd(int Code, string Text)
{
    public const int NoCode = 1005;
    public const int Lost = 1006;
    public const int TokenExpired = 4401;
}
