using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Gateway.Authentication;

namespace OrleansTicker.Tests.Gateway.Authentication;

public sealed class RevokedTokensTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_token_that_has_ended_is_remembered_for_as_long_as_a_socket_may_take_to_open_and_then_forgotten()
    {
        var ended = new RevokedTokens(_time);
        ended.Add("a");
        ended.Add("a");
        Assert.True(ended.Contains("a"));
        Assert.False(ended.Contains("b"));

        _time.Advance(RevokedTokens.Memory);
        ended.Add("b");
        Assert.True(ended.Contains("a"));

        _time.Advance(TimeSpan.FromTicks(1));
        ended.Add("c");
        Assert.False(ended.Contains("a"));
        Assert.True(ended.Contains("b"));
    }

    [Fact]
    public void It_remembers_a_bounded_number_of_them()
    {
        var ended = new RevokedTokens(_time);
        for (var number = 0; number <= 100_000; number++)
        {
            ended.Add($"{number}");
        }

        Assert.False(ended.Contains("0"));
        Assert.True(ended.Contains("1"));
        Assert.True(ended.Contains("100000"));
    }
}
