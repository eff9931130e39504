namespace OrleansTicker.Tests.Gateway.WebSockets;

/// <summary>
/// What a client sends, and what becomes of it, whatever reads it. If the connection fails, it does so with the last byte at the latest,
/// though the client then waits for an answer and sends nothing more.
/// </summary>
/// <param name="Name">Its group, in the customary numbers of the Autobahn test suite, and what it shows.</param>
/// <param name="Bytes">What the client sends after the handshake.</param>
internal sealed record ConformanceCase(string Name, byte[] Bytes)
{
    public const int NormalMaxMessageBytes = 4096;

    /// <summary>The extensions that the server has agreed to, as its response says.</summary>
    public string? Extensions { get; init; }

    /// <summary>The length of the longest message that the server takes.</summary>
    public int MaxMessageBytes { get; init; } = NormalMaxMessageBytes;

    /// <summary>The text messages that are received, in their order.</summary>
    public byte[][] Messages { get; init; } = [];

    /// <summary>The payloads of the pongs that answer, in their order.</summary>
    public byte[][] Pongs { get; init; } = [];

    public ConformanceEnd End { get; init; }

    /// <summary>The close code: the client's if it closes, or the server's.</summary>
    public int? Code { get; init; }

    /// <summary>The case, with text messages that are received.</summary>
    public ConformanceCase Says(params string[] texts) => this with { Messages = [.. texts.Select(System.Text.Encoding.UTF8.GetBytes)] };

    /// <summary>The case, with pongs that answer.</summary>
    public ConformanceCase Answers(params byte[][] payloads) => this with { Pongs = payloads };

    /// <summary>The case, in which the client closes.</summary>
    public ConformanceCase Closes(int? code) => this with { End = ConformanceEnd.Closed, Code = code };

    /// <summary>The case, in which the server closes.</summary>
    public ConformanceCase Fails(int code) => this with { End = ConformanceEnd.Failed, Code = code };

    public override string ToString() => Name;
}
