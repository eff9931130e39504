using OrleansTicker.LoadTest.Chaos;

namespace OrleansTicker.Tests.LoadTest.Chaos;

public sealed class ClosingChecksTests
{
    [Fact]
    public void A_client_that_is_missing_is_named_by_its_number()
    {
        var checks = ClosingChecks.Of([true, true, false, true], [true, false, false, true]);

        Assert.Equal((false, "3 of 4, without client 2"), (checks.Live.Held, checks.Live.Found));
        Assert.Equal((false, "2 of 4, without clients 1, 2"), (checks.Agreement.Held, checks.Agreement.Found));
    }

    [Fact]
    public void Clients_that_are_all_there_hold()
    {
        var checks = ClosingChecks.Of([true, true], [true, true]);

        Assert.Equal((true, "2 of 2"), (checks.Live.Held, checks.Live.Found));
        Assert.Equal((true, "2 of 2"), (checks.Agreement.Held, checks.Agreement.Found));
    }

    [Fact]
    public void A_single_client_has_nobody_to_agree_with()
    {
        var checks = ClosingChecks.Of([true], [false]);

        Assert.True(checks.Live.Held);
        Assert.Equal((true, "a single client has nobody to agree with"), (checks.Agreement.Held, checks.Agreement.Found));
    }
}
