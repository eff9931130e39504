using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>Tells a client what was wrong with its message. The session goes on.</summary>
/// <param name="Code">For programs: one of the codes in docs/protocol.md.</param>
/// <param name="Message">For people.</param>
/// <param name="Symbols">The symbols concerned; null if none are.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.ErrorMessage")]
public sealed record ErrorMessage(
    [property: Id(0)] string Code,
    [property: Id(1)] string Message,
    [property: Id(2)] ImmutableArray<string>? Symbols = null) : ServerMessage
{
    /// <summary>The code for symbols that the policies do not allow or, if no symbols are given, for a token.</summary>
    public const string Forbidden = "forbidden";
}
