using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace OrleansTicker.Gateway.Protocol.Native;

/// <summary><c>error</c>: what was wrong with a message.</summary>
/// <param name="Code">For programs.</param>
/// <param name="Message">For people.</param>
/// <param name="Symbols">The symbols that it is about; left out if there are none.</param>
internal sealed record ErrorJson(
    string Code,
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableArray<string>? Symbols) : ServerMessageJson;
