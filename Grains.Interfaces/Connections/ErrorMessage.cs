using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>Tells a client what was wrong with its message. The session goes on.</summary>
/// <param name="Code">For programs: one of the codes in docs/protocol.md.</param>
/// <param name="Message">For people.</param>
/// <param name="Symbols">The symbols that it is about, where it is about some.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.ErrorMessage")]
public sealed record ErrorMessage(
    [property: Id(0)] string Code,
    [property: Id(1)] string Message,
    [property: Id(2)] ImmutableArray<string>? Symbols = null) : ServerMessage
{
    /// <summary>The code of an error about what the policies do not allow: symbols, where it names some, else a token.</summary>
    public const string Forbidden = "forbidden";
}
