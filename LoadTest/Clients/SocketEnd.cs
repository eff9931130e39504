namespace OrleansTicker.LoadTest.Clients;

/// <summary>How a socket ended.</summary>
/// <param name="Code">The server's close code; 1006 where there was none, 1005 where the close had no code.</param>
/// <param name="Text">The reason that came with it, or what broke.</param>
internal readonly record struct SocketEnd(int Code, string Text)
{
    public const int NoCode = 1005;
    public const int Lost = 1006;
    public const int TokenExpired = 4401;
}
