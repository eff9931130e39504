using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace OrleansTicker.Grains.Policies;

/// <summary>
/// A validated condition. Its result is true, false or unknown: the field may be missing, may not be a number where numbers are compared, or
/// may take too long to match.
/// </summary>
internal sealed class Condition
{
    /// <summary>
    /// How long a regular expression may take. The time is linear in the text, so only a machine that hangs takes this long.
    /// </summary>
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(250);

    private readonly ConditionField _field;
    private readonly Test _test;

    private Condition(ConditionField field, Test test) => (_field, _test) = (field, test);

    private delegate bool? Test(ReadOnlySpan<char> value, bool isThere);

    /// <summary>Validates a condition. If it is invalid, <paramref name="error"/> is the end of a sentence that says why.</summary>
    public static bool TryCreate(
        PolicyCondition configured, [NotNullWhen(true)] out Condition? condition, [NotNullWhen(false)] out string? error)
    {
        condition = null;
        error = null;
        if (!ConditionField.TryParse(configured.Field, out var field))
        {
            error = $"has the field '{configured.Field}'; it has to be {ConditionField.Known}";
        }
        else if (OperatorOf(configured.Operator) is not { } wanted)
        {
            error = $"has the operator '{configured.Operator}'; it has to be one of "
                + string.Join(", ", Enum.GetNames<ConditionOperator>()).ToLowerInvariant();
        }
        else if (TestOf(wanted, configured, out error) is { } test)
        {
            condition = new Condition(field, test);
        }

        return condition is not null;
    }

    /// <summary>Whether the condition holds; null if that is unknown.</summary>
    public bool? HoldsFor(PolicyQuestion question)
    {
        Span<char> buffer = stackalloc char[ConditionField.BufferLength];
        var isThere = _field.TryRead(question, buffer, out var value);
        return _test(value, isThere);
    }

    private static ConditionOperator? OperatorOf(string? text) =>
        Enum.GetNames<ConditionOperator>().Contains(text, StringComparer.OrdinalIgnoreCase) // Enum.Parse would also accept numbers and lists of names.
            ? Enum.Parse<ConditionOperator>(text!, ignoreCase: true)
            : null;

    private static Test? TestOf(ConditionOperator wanted, PolicyCondition configured, out string? error)
    {
        var values = configured.Values ?? [];
        error = wanted switch
        {
            ConditionOperator.Exists or ConditionOperator.Nexists =>
                configured.Values is null ? null : "takes no Value",
            ConditionOperator.In or ConditionOperator.Nin =>
                configured.IsList && values.Count > 0 ? null : "needs a list as its Value, of one text at least",
            _ => configured.Values is null || configured.IsList ? "needs one text as its Value" : null,
        };
        return error is not null ? null : wanted switch
        {
            ConditionOperator.Exists => static (_, isThere) => isThere,
            ConditionOperator.Nexists => static (_, isThere) => !isThere,
            ConditionOperator.Eq => OfText((value, text) => value.SequenceEqual(text), values[0]),
            ConditionOperator.Ne => OfText((value, text) => !value.SequenceEqual(text), values[0]),
            ConditionOperator.In or ConditionOperator.Nin => OfSet(values, wanted == ConditionOperator.In),
            ConditionOperator.Contains or ConditionOperator.Ncontains => OfPart(values[0], wanted == ConditionOperator.Contains, out error),
            ConditionOperator.Matches or ConditionOperator.Nmatches => OfExpression(values[0], wanted == ConditionOperator.Matches, out error),
            ConditionOperator.Lt => OfNumber((value, number) => value < number, values[0], out error),
            ConditionOperator.Gt => OfNumber((value, number) => value > number, values[0], out error),
            ConditionOperator.Lte => OfNumber((value, number) => value <= number, values[0], out error),
            _ => OfNumber((value, number) => value >= number, values[0], out error),
        };
    }

    private static Test OfText(Func<ReadOnlySpan<char>, string, bool> compare, string text) =>
        (value, isThere) => isThere ? compare(value, text) : null;

    private static Test OfSet(IEnumerable<string> texts, bool isWanted)
    {
        var set = texts.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        return (value, isThere) => isThere ? set.Contains(value) == isWanted : null;
    }

    private static Test? OfPart(string part, bool isWanted, out string? error)
    {
        error = part.Length == 0 ? "needs a Value that is not empty: every text contains that" : null;
        return error is null ? (value, isThere) => isThere ? value.Contains(part, StringComparison.Ordinal) == isWanted : null : null;
    }

    private static Test? OfNumber(Func<decimal, decimal, bool> compare, string text, out string? error)
    {
        if (!TryParse(text, out var number))
        {
            error = $"has the Value '{text}', where it needs a number";
            return null;
        }

        error = null;
        return (value, isThere) => isThere && TryParse(value, out var read) ? compare(read, number) : null;
    }

    private static Test? OfExpression(string text, bool isWanted, out string? error)
    {
        try
        {
            var expression = new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, MatchTimeout);
            error = null;
            return (value, isThere) => isThere && Matches(expression, value) is { } matches ? matches == isWanted : null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            // NotSupportedException: the expression needs backtracking, or is too large.
            error = $"has the Value '{text}', which is no expression that can be used here: {e.Message}";
            return null;
        }
    }

    private static bool? Matches(Regex expression, ReadOnlySpan<char> value)
    {
        try
        {
            return expression.IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static bool TryParse(ReadOnlySpan<char> text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
}
