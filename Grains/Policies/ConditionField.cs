using System.Globalization;

namespace OrleansTicker.Grains.Policies;

/// <summary>The field that a condition examines. Reading it does not allocate.</summary>
internal readonly struct ConditionField
{
    /// <summary>The names of all fields, for error messages.</summary>
    public const string Known =
        "actor.id, actor.meta.<name>, action, resource, meta.address, meta.origin, meta.user_agent, meta.scheme, meta.time or meta.hour";

    /// <summary>The length of the buffer that <see cref="TryRead"/> needs.</summary>
    public const int BufferLength = 20;

    private const string ActorPrefix = "actor.meta.";

    private readonly Reader _read;

    private ConditionField(Reader read) => _read = read;

    private delegate bool Reader(PolicyQuestion question, Span<char> buffer, out ReadOnlySpan<char> value);

    /// <summary>Parses the name of a field; false if there is no such field.</summary>
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
            "meta.time" => static (question, buffer, out value) => Number(question.Now.ToUnixTimeSeconds(), buffer, out value),
            "meta.hour" => static (question, buffer, out value) => Number(question.Now.UtcDateTime.Hour, buffer, out value),
            not null when text.StartsWith(ActorPrefix, StringComparison.Ordinal) && text.Length > ActorPrefix.Length => ReadActorMetadata(text[ActorPrefix.Length..]),
            _ => null,
        };
        field = read is null ? default : new ConditionField(read);
        return read is not null;
    }

    /// <summary>Reads the value of the field; false if it is missing.</summary>
    /// <param name="question">The question.</param>
    /// <param name="buffer">A buffer of <see cref="BufferLength"/> characters, for numbers.</param>
    /// <param name="value">The value.</param>
    public bool TryRead(PolicyQuestion question, Span<char> buffer, out ReadOnlySpan<char> value) => _read(question, buffer, out value);

    private static Reader ReadActorMetadata(string name) => (question, _, out value) =>
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

    private static bool Number(long number, Span<char> buffer, out ReadOnlySpan<char> value)
    {
        number.TryFormat(buffer, out var length, provider: CultureInfo.InvariantCulture);
        value = buffer[..length];
        return true;
    }
}
