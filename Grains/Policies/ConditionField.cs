using System.Globalization;

namespace OrleansTicker.Grains.Policies;

/// <summary>What a condition looks at. It makes no text where it reads one.</summary>
internal readonly struct ConditionField
{
    /// <summary>The fields that there are, for people who have written another.</summary>
    public const string Known =
        "actor.id, actor.meta.<name>, action, resource, meta.address, meta.origin, meta.user_agent, meta.scheme, meta.time or meta.hour";

    /// <summary>The room that <see cref="TryRead"/> needs.</summary>
    public const int Room = 20;

    private const string OfActor = "actor.meta.";

    private readonly Reader _read;

    private ConditionField(Reader read) => _read = read;

    private delegate bool Reader(PolicyQuestion question, Span<char> room, out ReadOnlySpan<char> value);

    /// <summary>Reads a field's name; false where there is no such field.</summary>
    public static bool TryParse(string? text, out ConditionField field)
    {
        Reader? read = text switch
        {
            "actor.id" => static (question, _, out value) => Text(question.Actor.Id, out value),
            "action" => static (question, _, out value) => Text(question.Action, out value),
            "resource" => static (question, _, out value) => Text(question.Resource, out value),
            "meta.address" => static (question, _, out value) => Text(question.Metadata.Address, out value),
            "meta.origin" => static (question, _, out value) => Text(question.Metadata.Origin, out value),
            "meta.user_agent" => static (question, _, out value) => Text(question.Metadata.UserAgent, out value),
            "meta.scheme" => static (question, _, out value) => Text(question.Metadata.Scheme, out value),
            "meta.time" => static (question, room, out value) => Number(question.Now.ToUnixTimeSeconds(), room, out value),
            "meta.hour" => static (question, room, out value) => Number(question.Now.UtcDateTime.Hour, room, out value),
            not null when text.StartsWith(OfActor, StringComparison.Ordinal) && text.Length > OfActor.Length => OfActorsMetadata(text[OfActor.Length..]),
            _ => null,
        };
        field = read is null ? default : new ConditionField(read);
        return read is not null;
    }

    /// <summary>The field of a question; false where it is missing.</summary>
    /// <param name="question">The question.</param>
    /// <param name="room">Where a number may be written: <see cref="Room"/> characters.</param>
    /// <param name="value">The field.</param>
    public bool TryRead(PolicyQuestion question, Span<char> room, out ReadOnlySpan<char> value) => _read(question, room, out value);

    private static Reader OfActorsMetadata(string name) => (question, _, out value) =>
        Text(question.Actor.Metadata.GetValueOrDefault(name), out value);

    private static bool Text(string? text, out ReadOnlySpan<char> value)
    {
        value = text;
        return text is not null;
    }

    private static bool Text(ReadOnlySpan<char> text, out ReadOnlySpan<char> value)
    {
        value = text;
        return true;
    }

    private static bool Number(long number, Span<char> room, out ReadOnlySpan<char> value)
    {
        number.TryFormat(room, out var length, provider: CultureInfo.InvariantCulture);
        value = room[..length];
        return true;
    }
}
